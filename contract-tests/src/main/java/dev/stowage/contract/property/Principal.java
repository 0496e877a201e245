package dev.stowage.contract.property;

/**
 * The caller of an operation: whose API key it uses.
 *
 * @param label a description for messages
 * @param variable the shell variable that holds its key in a counterexample
 */
public record Principal(String label, String variable) {
    public static final Principal INSTALL = new Principal("the install", "KEY");
    public static final Principal SIBLING = new Principal("another install of the app", "SIBLING_KEY");
    public static final Principal STRANGER = new Principal("an install of another app", "OTHER_APPS_KEY");
    public static final Principal FUNCTION = new Principal("a global function of the app", "APP_KEY");
}
