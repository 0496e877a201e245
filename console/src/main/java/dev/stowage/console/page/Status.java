package dev.stowage.console.page;

/**
 * What a person should know on every page. The page loads it again every two seconds.
 *
 * @param isOfApp whether it is about one app, and not about all of them
 * @param clock the time of the app's clock, or the emulator's
 * @param isFrozen whether that clock is frozen
 * @param advice how many practices are broken, as far as the advisor has seen
 * @param faults how many faults are armed and not used up
 * @param held how many operations wait until they are released
 */
public record Status(
        String url,
        boolean isOfApp,
        String clock,
        boolean isFrozen,
        long advice,
        long faults,
        long held,
        String adviceUrl,
        String controlsUrl) {}
