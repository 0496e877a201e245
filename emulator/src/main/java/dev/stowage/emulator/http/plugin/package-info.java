/**
 * Cloud9's HTTP API for plugin data and settings. Open {@link dev.stowage.emulator.http.plugin.PluginRoutes}.
 */
@NullMarked
package dev.stowage.emulator.http.plugin;

import org.jspecify.annotations.NullMarked;
