package dev.stowage.emulator.http.control;

import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.emulator.http.exchange.RequestBody;
import dev.stowage.emulator.http.exchange.ResponseWriter;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.transfer.DocumentCodec;
import dev.stowage.emulator.transfer.ExportImport;
import io.javalin.http.Context;
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
        String install = InstallRoutes.PREFIX + "/installs/{installId}";
        String app = InstallRoutes.PREFIX + "/apps/{appId}";
        return List.of(
                Route.get(install + "/export", this::export),
                Route.post(install + "/import", this::importInstall),
                Route.get(app + "/export", this::exportApp),
                Route.post(app + "/import", this::importApp));
    }

    private void export(Context ctx) throws IOException {
        byte[] document = DocumentCodec.write(exportImport.export(InstallRoutes.installId(ctx), withSecrets(ctx)));
        ResponseWriter.write(ctx.res(), "application/json", document);
    }

    private void exportApp(Context ctx) throws IOException {
        byte[] document = DocumentCodec.write(exportImport.exportApp(ctx.pathParam("appId"), withSecrets(ctx)));
        ResponseWriter.write(ctx.res(), "application/json", document);
    }

    private static boolean withSecrets(Context ctx) {
        String secrets = ctx.queryParam("secrets");
        boolean include = "include".equals(secrets);
        if (secrets != null && !include && !"mask".equals(secrets)) {
            throw OperationArguments.refused("The parameter secrets must be include or mask.");
        }
        return include;
    }

    private void importApp(Context ctx) throws IOException {
        List<Map<String, Object>> created = exportImport
                .loadApp(ctx.pathParam("appId"), DocumentCodec.readApp(RequestBody.read(ctx, MAX_DOCUMENT_BYTES)))
                .stream()
                .map(InstallRoutes::withKey)
                .toList();
        ControlBody.respond(ctx, 200, Map.of("installs", created));
    }

    private void importInstall(Context ctx) {
        long installId = InstallRoutes.installId(ctx);
        exportImport.load(installId, DocumentCodec.read(RequestBody.read(ctx, MAX_DOCUMENT_BYTES)));
        ctx.res().setStatus(204);
    }
}
