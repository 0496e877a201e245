package dev.stowage.benchmarks;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** The second baseline of {@link HttpComparison}: a Jetty server with one handler that reads the body and returns a constant of 1 KB. */
final class BareJettyServer {

    private BareJettyServer() {}

    static void main(String... args) throws Exception {
        byte[] body = BareServer.body();
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setDynamic(false);
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                Content.Source.consumeAll(
                        request,
                        Callback.from(
                                () -> {
                                    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                                    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
                                    response.write(true, ByteBuffer.wrap(body), callback);
                                },
                                callback::failed));
                return true;
            }
        });
        server.start();
        System.out.println("ready " + connector.getLocalPort() + " none");
    }
}
