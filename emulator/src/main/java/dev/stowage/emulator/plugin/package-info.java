/**
 * Cloud9's plugin data and settings (chapter 10): one JSON document for each install and context. Open {@link
 * dev.stowage.emulator.plugin.PluginData}.
 */
@NullMarked
package dev.stowage.emulator.plugin;

import org.jspecify.annotations.NullMarked;
