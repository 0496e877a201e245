package dev.stowage.emulator.http.exchange;

import dev.stowage.emulator.fault.FaultRules;
import dev.stowage.emulator.journal.OperationJournal;
import dev.stowage.emulator.plugin.PluginData;
import dev.stowage.emulator.service.Clocks;
import dev.stowage.emulator.service.InstallService;
import dev.stowage.emulator.service.StorageService;
import dev.stowage.emulator.transfer.ExportImport;

/** What the routes lead to. */
public record EmulatorServices(
        String version,
        InstallService installService,
        StorageService service,
        Clocks clocks,
        PluginData pluginData,
        FaultRules faults,
        OperationJournal journal,
        ExportImport exportImport,
        Runnable reset) {}
