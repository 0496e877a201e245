package dev.stowage.junit.stale;

/**
 * A value of an install that is over, used for its successor.
 *
 * @param masked the value, so far as it may be shown
 * @param origin where the old install held it
 * @param installId the new install
 * @param where what the app did with it
 */
public record StaleValue(String masked, ValueLocation valueLocation, long installId, String where) {

    @Override
    public String toString() {
        return masked + ": install " + valueLocation.installId() + " held it in " + valueLocation
                + ". The app was reinstalled, as install "
                + installId + "; then it " + where + ". Nothing had given it to install " + installId
                + ": no store of its own, no vendor's answer, not the test";
    }
}
