package dev.stowage.junit;

import org.junit.jupiter.api.extension.ExtensionContext;

/** Finds the contexts of the classes that enclose a test. */
final class ExtensionContexts {

    private ExtensionContexts() {}

    /** The context of the class that contains the test. */
    static ExtensionContext classOf(ExtensionContext context) {
        ExtensionContext at = context;
        while (at.getTestMethod().isPresent() && at.getParent().isPresent()) {
            at = at.getParent().get();
        }
        return at;
    }

    /** The context of the outermost class, for a test in a {@code @Nested} class. */
    static ExtensionContext outermostClass(ExtensionContext context) {
        ExtensionContext at = classOf(context);
        while (at.getParent().isPresent() && at.getParent().get().getTestClass().isPresent()) {
            at = at.getParent().get();
        }
        return at;
    }
}
