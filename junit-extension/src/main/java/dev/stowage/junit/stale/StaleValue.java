package dev.stowage.junit.stale;

/**
 * A value of an install that is over, used for its successor.
 *
 * @param masked the value, so far as it may be shown
 * @param origin where the old install held it
 * @param installId the new install
 * @param where what it was used in
 */
public record StaleValue(String masked, Origin origin, long installId, String where) {

    @Override
    public String toString() {
        return masked + ", which install " + origin.installId() + " held in " + origin + ", " + where
                + ", though install " + installId + ", which has taken its place, was never given it";
    }
}
