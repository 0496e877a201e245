package dev.stowage.junit.scope;

/**
 * Whose scope it is.
 *
 * @param shortName for the app's id: {@code VendorTest.renews}
 * @param displayName as reports show it
 */
public record TestName(String shortName, String displayName) {

    @Override
    public String toString() {
        return shortName.equals(displayName) ? shortName : shortName + " [" + displayName + "]";
    }
}
