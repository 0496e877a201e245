package dev.stowage.emulator.plugin;

/** What a plugin's private data belongs to, beside its install (PRIV-2). */
public sealed interface PluginContext {

    String key();

    /** The context "user": one object per user. */
    record User(String name) implements PluginContext {
        @Override
        public String key() {
            return "user/" + name;
        }
    }

    /** The context "workspace": one object per workspace. */
    record Workspace(String workspaceId) implements PluginContext {
        @Override
        public String key() {
            return "workspace/" + workspaceId;
        }
    }
}
