package dev.stowage.contract.property;

/**
 * Whose key a call came with.
 *
 * @param label for a person
 * @param variable what its key is called in a shell
 */
public record Principal(String label, String variable) {
    public static final Principal INSTALL = new Principal("the install", "KEY");
    public static final Principal SIBLING = new Principal("another install of the app", "SIBLING_KEY");
    public static final Principal STRANGER = new Principal("an install of another app", "OTHER_APPS_KEY");
    public static final Principal FUNCTION = new Principal("a global function of the app", "APP_KEY");
}
