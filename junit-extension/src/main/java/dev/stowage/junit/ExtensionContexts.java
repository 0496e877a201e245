package dev.stowage.junit;

import org.junit.jupiter.api.extension.ExtensionContext;

/** Where a context stands in the tree of classes and tests. */
final class ExtensionContexts {

    private ExtensionContexts() {}

    /** The class that the test is in. */
    static ExtensionContext classOf(ExtensionContext context) {
        ExtensionContext at = context;
        while (at.getTestMethod().isPresent() && at.getParent().isPresent()) {
            at = at.getParent().get();
        }
        return at;
    }

    /** The class that all others are nested in. */
    static ExtensionContext outermostClass(ExtensionContext context) {
        ExtensionContext at = classOf(context);
        while (at.getParent().isPresent() && at.getParent().get().getTestClass().isPresent()) {
            at = at.getParent().get();
        }
        return at;
    }
}
