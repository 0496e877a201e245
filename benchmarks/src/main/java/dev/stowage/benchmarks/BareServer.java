package dev.stowage.benchmarks;

import io.javalin.Javalin;

/** The baseline of {@link HttpComparison}: a default Javalin server with one route that returns a constant of 1 KB. */
final class BareServer {

    private BareServer() {}

    static void main(String... args) {
        byte[] body = body();
        Javalin javalin = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.post(
                            "/v1/{store}/{operation}",
                            ctx -> ctx.contentType("application/json").result(body));
                })
                .start("127.0.0.1", 0);
        System.out.println("ready " + javalin.port() + " none");
    }

    static byte[] body() {
        return ("{\"result\":" + "\"" + "x".repeat(1_000) + "\"" + ",\"version\":1}").getBytes();
    }
}
