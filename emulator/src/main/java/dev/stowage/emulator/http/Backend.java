package dev.stowage.emulator.http;

import dev.stowage.emulator.fault.FaultRules;
import dev.stowage.emulator.journal.OperationJournal;
import dev.stowage.emulator.plugin.PluginData;
import dev.stowage.emulator.service.Clocks;
import dev.stowage.emulator.service.Installs;
import dev.stowage.emulator.service.StorageService;
import dev.stowage.emulator.transfer.Transfer;

/** What the routes lead to. */
public record Backend(
        String version,
        Installs installs,
        StorageService service,
        Clocks clocks,
        PluginData pluginData,
        FaultRules faults,
        OperationJournal journal,
        Transfer transfer) {}
