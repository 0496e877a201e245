package dev.stowage.emulator.http.exchange;

import dev.stowage.emulator.console.Console;
import dev.stowage.emulator.fault.FaultRules;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.journal.OperationJournal;
import dev.stowage.emulator.plugin.PluginData;
import dev.stowage.emulator.service.Clocks;
import dev.stowage.emulator.service.InstallService;
import dev.stowage.emulator.service.StorageService;
import dev.stowage.emulator.transfer.ExportImport;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The services that the routes call.
 *
 * @param console opens the console for people; empty if none is on the class path
 */
public record EmulatorServices(
        String version,
        InstallService installService,
        StorageService service,
        Clocks clocks,
        PluginData pluginData,
        FaultRules faults,
        Gate gate,
        OperationJournal journal,
        ExportImport exportImport,
        TestSessions testSessions,
        Runnable reset,
        Supplier<Optional<Console>> console) {}
