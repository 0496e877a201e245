package dev.stowage.contract.property;

/**
 * The caller of an operation: whose API key it uses.
 *
 * @param label a description for messages
 * @param variable the shell variable that holds its key in a counterexample
 * @param key where a counterexample gets the key from
 * @param expression for {@link KeySource#EXPRESSION}: the key, as a shell word
 */
public record Principal(String label, String variable, KeySource key, String expression) {

    /** Where a counterexample gets a key from. */
    public enum KeySource {
        /** From a new install of the app. */
        INSTALL,
        /** From a new install of another app. */
        OTHER_APP,
        /** It is the key of the app's global functions. */
        FUNCTION,
        /** From a step of the counterexample. */
        STEP,
        /** It is a wrong key. */
        EXPRESSION
    }

    public static final Principal INSTALL = of("the install", "KEY", KeySource.INSTALL);
    public static final Principal SIBLING = of("another install of the app", "SIBLING_KEY", KeySource.INSTALL);
    public static final Principal STRANGER = of("an install of another app", "OTHER_APPS_KEY", KeySource.OTHER_APP);
    public static final Principal FUNCTION = of("a global function of the app", "APP_KEY", KeySource.FUNCTION);

    public static Principal of(String label, String variable, KeySource key) {
        return new Principal(label, variable, key, "");
    }

    /** @param expression the key, as a shell word, such as {@code "${KEY}x"} */
    public static Principal withWrongKey(String label, String expression) {
        return new Principal(label, "WRONG_KEY", KeySource.EXPRESSION, expression);
    }
}
