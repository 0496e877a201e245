package dev.stowage.emulator.plugin;

/** The scope of settings: the user, a project, or a project's state (PRIV-5). */
public sealed interface SettingsScope {

    String key();

    /** The settings of a user. */
    record User(String name) implements SettingsScope {
        @Override
        public String key() {
            return "user/" + name;
        }
    }

    /** The settings of a project. */
    record Project(String projectId) implements SettingsScope {
        @Override
        public String key() {
            return "project/" + projectId;
        }
    }

    /** The state of a project. */
    record State(String projectId) implements SettingsScope {
        @Override
        public String key() {
            return "state/" + projectId;
        }
    }
}
