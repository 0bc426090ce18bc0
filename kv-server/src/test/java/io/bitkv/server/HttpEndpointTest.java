package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.InvalidOptionException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What monitoring is told over HTTP. */
class HttpEndpointTest {

  private static HttpURLConnection open(TestServer server, String path) throws IOException {
    InetSocketAddress address = server.server().httpAddress().orElseThrow();
    return (HttpURLConnection)
        URI.create("http://127.0.0.1:" + address.getPort() + path).toURL().openConnection();
  }

  private static String get(TestServer server, String path) throws IOException {
    HttpURLConnection connection = open(server, path);
    assertEquals(200, connection.getResponseCode());
    return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void metricsAreInPrometheussFormat() throws IOException {
    try (TestServer server = new TestServer("http-port", "0");
        RespClient client = server.connect()) {
      client.text("SET", "k", "v");
      client.text("GET", "k");
      client.text("GET", "absent");
      client.text("INCR", "k");
      String metrics = get(server, "/metrics");
      for (String line : metrics.split("\n")) {
        assertTrue(
            line.matches("# (HELP|TYPE) [a-z_]+ .+")
                || line.matches("[a-z_]+(\\{[a-z]+=\"[^\"]*\"\\})? [0-9.]+"),
            line);
      }
      assertTrue(metrics.contains("\nbitkv_commands_total{command=\"get\"} 2\n"));
      assertTrue(metrics.contains("\nbitkv_commands_failed_total{command=\"incr\"} 1\n"));
      assertTrue(metrics.contains("\nbitkv_reads_total{result=\"miss\"} 1\n"));
      assertTrue(metrics.contains("\nbitkv_keys{keyspace=\"0\"} 1\n"));
      assertTrue(metrics.contains("\nbitkv_clients 1\n"));
      assertTrue(metrics.contains("\nbitkv_store_writable 1\n"));
    }
  }

  @Test
  void healthIsTold() throws IOException {
    try (TestServer server = new TestServer("http-port", "0")) {
      assertEquals("ok\n", get(server, "/health/live"));
      assertEquals("ok\n", get(server, "/health/ready"));
      assertEquals(404, open(server, "/other").getResponseCode());
      HttpURLConnection post = open(server, "/metrics");
      post.setRequestMethod("POST");
      assertEquals(405, post.getResponseCode());
    }
  }

  @Test
  void itIsOffUnlessAskedForAndItsPortIsCheckedBeforeAnythingIsOpened() {
    try (TestServer server = new TestServer()) {
      assertTrue(server.server().httpAddress().isEmpty());
      String taken = Integer.toString(server.port());
      InvalidOptionException refusal =
          assertThrows(
              InvalidOptionException.class, () -> new TestServer("http-port", taken).close());
      assertTrue(refusal.getMessage().startsWith("cannot listen on 127.0.0.1:" + taken));
    }
  }
}
