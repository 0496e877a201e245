package dev.stowage.contract.run;

/**
 * Whose key a call came with.
 *
 * @param label for a person
 * @param variable what its key is called in a shell
 */
public record Who(String label, String variable) {
    public static final Who INSTALL = new Who("the install", "KEY");
    public static final Who SIBLING = new Who("another install of the app", "SIBLING_KEY");
    public static final Who STRANGER = new Who("an install of another app", "OTHER_APPS_KEY");
    public static final Who FUNCTION = new Who("a global function of the app", "APP_KEY");
}
