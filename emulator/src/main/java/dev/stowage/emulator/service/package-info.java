/**
 * The storage service behind every door: who may do what, to which records, now. Open {@link
 * dev.stowage.emulator.service.StorageService} for one operation's way and {@link
 * dev.stowage.emulator.service.Installs} for the lives of installs.
 */
@NullMarked
package dev.stowage.emulator.service;

import org.jspecify.annotations.NullMarked;
