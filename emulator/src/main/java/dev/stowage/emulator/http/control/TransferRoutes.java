package dev.stowage.emulator.http.control;

import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.emulator.http.exchange.BodyStream;
import dev.stowage.emulator.http.exchange.ResponseWriter;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.transfer.AppDocument;
import dev.stowage.emulator.transfer.DocumentCodec;
import dev.stowage.emulator.transfer.ExportImport;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Exports and imports the records of an install or an app. */
public final class TransferRoutes {

    private static final int MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

    private final ExportImport exportImport;

    public TransferRoutes(ExportImport exportImport) {
        this.exportImport = exportImport;
    }

    public List<Route> routes() {
        String app = "/apps/{appId}";
        return List.of(
                ControlRoute.get(InstallRoutes.INSTALL + "/export")
                        .query("secrets")
                        .handledBy(this::export),
                ControlRoute.post(InstallRoutes.INSTALL + "/import").document().handledBy(this::importInstall),
                ControlRoute.get(app + "/export").query("secrets").handledBy(this::exportApp),
                ControlRoute.post(app + "/import").document().handledBy(this::importApp));
    }

    private void export(ControlRequest request) throws IOException {
        byte[] document =
                DocumentCodec.write(exportImport.export(InstallRoutes.installId(request), withSecrets(request)));
        ResponseWriter.write(request.context(), "application/json", document);
    }

    private void exportApp(ControlRequest request) throws IOException {
        byte[] document = DocumentCodec.write(exportImport.exportApp(request.pathText("appId"), withSecrets(request)));
        ResponseWriter.write(request.context(), "application/json", document);
    }

    private static boolean withSecrets(ControlRequest request) {
        String secrets = request.parameter("secrets").orElse("mask");
        boolean include = secrets.equals("include");
        if (!include && !secrets.equals("mask")) {
            throw OperationArguments.refused("The parameter secrets must be include or mask.");
        }
        return include;
    }

    private void importApp(ControlRequest request) throws IOException {
        AppDocument document =
                BodyStream.read(request.context(), MAX_DOCUMENT_BYTES, exportImport.documentReader()::readApp);
        List<Map<String, Object>> created = exportImport.loadApp(request.pathText("appId"), document).stream()
                .map(InstallRoutes::withKey)
                .toList();
        request.respond(Map.of("installs", created));
    }

    private void importInstall(ControlRequest request) {
        long installId = InstallRoutes.installId(request);
        exportImport.load(
                installId, BodyStream.read(request.context(), MAX_DOCUMENT_BYTES, exportImport.documentReader()::read));
        request.respondNoContent();
    }
}
