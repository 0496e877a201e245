package dev.stowage.emulator.plugin;

/** The context of a plugin's private data within its install (PRIV-2). */
public sealed interface PluginContext {

    String key();

    /** The context {@code user}: one object per user. */
    record User(String name) implements PluginContext {
        @Override
        public String key() {
            return "user/" + name;
        }
    }

    /** The context {@code workspace}: one object per workspace. */
    record Workspace(String workspaceId) implements PluginContext {
        @Override
        public String key() {
            return "workspace/" + workspaceId;
        }
    }
}
