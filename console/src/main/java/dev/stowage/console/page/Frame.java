package dev.stowage.console.page;

import java.util.List;

/**
 * What is around every page.
 *
 * @param title the title of the page
 * @param section which of the sections the page belongs to
 * @param appId the app that the page is about; empty for all apps
 * @param crumbs the pages above this one, the uppermost first
 */
public record Frame(String title, Section section, String appId, List<Crumb> crumbs, Status status) {

    /** The sections of the console. */
    public enum Section {
        DATA("Data", ""),
        REQUESTS("Requests", "requests"),
        CONTROLS("Time and faults", "controls"),
        ADVICE("Advice", "advice");

        private final String title;
        private final String path;

        Section(String title, String path) {
            this.title = title;
            this.path = path;
        }

        public String title() {
            return title;
        }
    }

    /** A page above this one. */
    public record Crumb(String title, String url) {}

    /** The address of a section, for the same app. */
    public String urlOf(Section other) {
        return other == Section.DATA ? Links.HOME : Links.to(other.path, "app", appId);
    }
}
