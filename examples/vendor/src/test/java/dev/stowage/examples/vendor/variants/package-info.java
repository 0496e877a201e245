/** Small apps in two variants each: one that works, and one with a mistake that ordinary tests do not find. */
package dev.stowage.examples.vendor.variants;
