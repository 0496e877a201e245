/**
 * The storage service: authentication, installs, and the execution of one operation with its faults and journal entry. Open {@link
 * dev.stowage.emulator.service.StorageService} for operations and {@link dev.stowage.emulator.service.InstallService} for installs.
 */
@NullMarked
package dev.stowage.emulator.service;

import org.jspecify.annotations.NullMarked;
