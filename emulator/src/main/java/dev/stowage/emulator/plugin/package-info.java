/**
 * Cloud9's storage for plugins: private data per install and context, and the settings beside it (chapter 10). Open
 * {@link dev.stowage.emulator.plugin.PluginData}.
 */
@NullMarked
package dev.stowage.emulator.plugin;

import org.jspecify.annotations.NullMarked;
