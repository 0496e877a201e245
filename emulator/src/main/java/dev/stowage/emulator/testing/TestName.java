package dev.stowage.emulator.testing;

/**
 * The name of a test.
 *
 * @param shortName part of the app's id, such as {@code VendorTest.renews}
 * @param displayName the name in reports
 */
public record TestName(String shortName, String displayName) {

    @Override
    public String toString() {
        return shortName.equals(displayName) ? shortName : shortName + " [" + displayName + "]";
    }
}
