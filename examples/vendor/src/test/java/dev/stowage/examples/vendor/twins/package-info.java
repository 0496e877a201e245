/** Small apps in pairs: one that works, and one with a mistake that its ordinary tests don't show. */
package dev.stowage.examples.vendor.twins;
