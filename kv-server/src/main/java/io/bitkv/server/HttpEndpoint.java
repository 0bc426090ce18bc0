package io.bitkv.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.StoreStats;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The HTTP port for monitoring: {@code /metrics} in Prometheus's text format, {@code /health/live},
 * which answers while the process works at all, and {@code /health/ready}, which is 503 while the
 * store takes no writes or the server is stopping.
 */
final class HttpEndpoint implements AutoCloseable {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;

  private static final String PLAIN = "text/plain; charset=utf-8";

  private final ServerContext context;
  private final HttpServer server;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("kv-http").daemon(true).factory());

  private HttpEndpoint(ServerContext context, HttpServer server) {
    this.context = context;
    this.server = server;
    server.setExecutor(executor);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Opens the port, if the options tell of one.
   *
   * @throws InvalidOptionException if it cannot be listened on
   */
  static Optional<HttpEndpoint> open(ServerContext context) {
    ServerOptions options = context.options().current();
    int port = options.get(HttpSettings.HTTP_PORT);
    if (port == Setting.OFF) {
      return Optional.empty();
    }
    InetSocketAddress address = new InetSocketAddress(options.get(HttpSettings.HTTP_BIND), port);
    try {
      return Optional.of(new HttpEndpoint(context, HttpServer.create(address, 0)));
    } catch (IOException e) {
      throw new InvalidOptionException(
          "http-port: cannot listen on "
              + options.get(HttpSettings.HTTP_BIND)
              + ":"
              + port
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        send(exchange, METHOD_NOT_ALLOWED, PLAIN, "only GET and HEAD are answered\n");
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/metrics" ->
            send(exchange, OK, MetricsReport.CONTENT_TYPE, new MetricsReport(context).text());
        case "/health/live" -> send(exchange, OK, PLAIN, "ok\n");
        case "/health/ready" -> ready(exchange);
        default ->
            send(exchange, NOT_FOUND, PLAIN, "there are /metrics, /health/live, /health/ready\n");
      }
    }
  }

  private void ready(HttpExchange exchange) throws IOException {
    if (context.isStopping()) {
      send(exchange, UNAVAILABLE, PLAIN, "the server is stopping\n");
      return;
    }
    StoreStats.Health health = context.store().stats().health();
    send(exchange, health.isWritable() ? OK : UNAVAILABLE, PLAIN, health.detail() + "\n");
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean hasBody = exchange.getRequestMethod().equals("GET");
    exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
    if (hasBody) {
      exchange.getResponseBody().write(body);
    }
  }
}
