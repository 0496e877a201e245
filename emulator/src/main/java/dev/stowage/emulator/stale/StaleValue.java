package dev.stowage.emulator.stale;

/**
 * A value of an install that has ended, which the app used in a later install.
 *
 * @param masked the value, masked for reports
 * @param valueLocation where the old install held it
 * @param installId the new install
 * @param use how the app used it, such as {@code wrote this value with kvStore.put of 'job'}
 */
public record StaleValue(String masked, ValueLocation valueLocation, long installId, String use) {

    @Override
    public String toString() {
        return masked + ": install " + valueLocation.installId() + " stored it in " + valueLocation
                + ". The app was reinstalled as install " + installId
                + ", then the app " + use + ". Install " + installId
                + " had not received the value from its own stores, from a watched stub or from the test";
    }
}
