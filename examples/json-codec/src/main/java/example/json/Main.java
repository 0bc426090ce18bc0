package example.json;

import io.bitkv.api.KeyValueStore;
import io.bitkv.api.KvException;
import io.bitkv.api.KvMap;
import io.bitkv.api.codec.Codec;
import io.bitkv.api.codec.CodecException;
import io.bitkv.client.KvClient;
import java.util.List;

/** Keeps articles in JSON, and looks at them as text. */
final class Main {

  private Main() {}

  /**
   * Runs the example.
   *
   * @param arguments a server's address like {@code kv://127.0.0.1:6379}
   */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: json kv://HOST[:PORT]");
      System.exit(2);
    }
    try (KeyValueStore store = KvClient.connect(arguments[0])) {
      show(store);
    } catch (KvException e) {
      System.err.println("json: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void show(KeyValueStore store) {
    KvMap<String, Article> articles = store.map("articles", Codec.STRING, Codec.of(Article.class));
    KvMap<String, String> texts = store.map("articles", Codec.STRING, Codec.STRING);

    articles.put("logs", new Article("Logs all the way down", List.of("storage", "logs")));
    System.out.println("stored: " + texts.getOrThrow("logs"));

    texts.put("old", "{\"title\":\"From before there were tags\"}");
    System.out.println("an older one: " + articles.getOrThrow("old"));
    texts.put("new", "{\"title\":\"From a newer program\",\"tags\":[],\"stars\":5}");
    System.out.println("a newer one: " + articles.getOrThrow("new"));

    texts.put("odd", "title=none");
    try {
      articles.get("odd");
    } catch (CodecException e) {
      System.out.println("an odd one: " + e.getMessage().lines().findFirst().orElseThrow());
    }
  }
}
