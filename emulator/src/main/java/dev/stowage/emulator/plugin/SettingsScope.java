package dev.stowage.emulator.plugin;

/** Whose settings: the user's, a project's, or a project's state (PRIV-5). */
public sealed interface SettingsScope {

    String key();

    /** The user's. */
    record User(String name) implements SettingsScope {
        @Override
        public String key() {
            return "user/" + name;
        }
    }

    /** A project's. */
    record Project(String projectId) implements SettingsScope {
        @Override
        public String key() {
            return "project/" + projectId;
        }
    }

    /** The state of a project, for one user's windows and tabs. */
    record State(String projectId) implements SettingsScope {
        @Override
        public String key() {
            return "state/" + projectId;
        }
    }
}
