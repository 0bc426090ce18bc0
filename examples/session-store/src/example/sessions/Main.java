package example.sessions;

import io.bitkv.api.KeyValueStore;
import io.bitkv.api.KvException;
import io.bitkv.client.KvClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** Lets a user log in twice, visit some pages, and log out. */
final class Main {

  private Main() {}

  /**
   * Runs the example.
   *
   * @param arguments where the sessions are kept: a server's address like {@code kv://127.0.0.1:6379}, or a directory
   */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: sessions kv://HOST[:PORT] | DIRECTORY");
      System.exit(2);
    }
    try (KeyValueStore store = open(arguments[0])) {
      show(new SessionStore(store, Duration.ofMinutes(30), InstantSource.system()));
    } catch (KvException e) {
      System.err.println("sessions: " + e.getMessage());
      System.exit(1);
    }
  }

  private static KeyValueStore open(String place) {
    return place.startsWith("kv://") || place.startsWith("kvs://") ? KvClient.connect(place) : KeyValueStore.open(Path.of(place));
  }

  private static void show(SessionStore sessions) {
    UUID phone = sessions.logIn("ada");
    UUID desk = sessions.logIn("ada");
    sessions.logIn("adam");
    System.out.println("ada has " + sessions.sessionsOf("ada").size() + " sessions");
    sessions.visit(phone, "/");
    sessions.visit(phone, "/news").ifPresent(session -> System.out.println(session.user() + " has seen " + session.pages()));
    sessions.logOut(desk);
    System.out.println("after one logout ada has " + sessions.sessionsOf("ada").size());
    System.out.println("a visit after the logout: " + sessions.visit(desk, "/").map(Session::user).orElse("nobody"));
    System.out.println("logged out everywhere: " + sessions.logOutEverywhere("ada") + " and " + sessions.logOutEverywhere("adam"));
  }
}
