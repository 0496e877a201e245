package dev.stowage.benchmarks;

import io.javalin.Javalin;

/** What everything is measured against: Javalin as it comes, one route, a constant of a record's size. */
final class BareServer {

    private BareServer() {}

    static void main(String... args) {
        byte[] answer = ("{\"result\":" + "\"" + "x".repeat(1_000) + "\"" + ",\"version\":1}").getBytes();
        Javalin javalin = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.post(
                            "/v1/{store}/{operation}",
                            ctx -> ctx.contentType("application/json").result(answer));
                })
                .start("127.0.0.1", 0);
        System.out.println("ready " + javalin.port() + " none");
    }
}
