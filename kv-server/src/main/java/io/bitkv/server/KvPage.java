package io.bitkv.server;

import io.bitkv.api.KeyValue;
import io.bitkv.codec.resp.ReplyWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The keys or entries of one reply to a scan. It is full once it holds {@value #FULL_BYTES} bytes. */
final class KvPage {

  /** How long a reply grows before it ends early: enough for the network, little enough for the event loop. */
  static final int FULL_BYTES = 1 << 20;

  /**
   * A key, with what it holds or alone.
   *
   * @param key the key
   * @param entry what it holds, or null
   */
  record Item(byte[] key, KeyValue entry) {
    static Item of(KeyValue entry) {
      return new Item(entry.key(), entry);
    }

    static Item of(byte[] key) {
      return new Item(key, null);
    }
  }

  private final List<Item> items = new ArrayList<>();
  private long bytes;

  /** Takes items until the page is full, or holds so many. */
  static KvPage of(Iterator<Item> source, int count) {
    KvPage page = new KvPage();
    while (page.items.size() < count && !page.isFull() && source.hasNext()) {
      page.add(source.next());
    }
    return page;
  }

  void add(Item item) {
    items.add(item);
    bytes += item.key.length + (item.entry == null ? 0 : item.entry.value().length);
  }

  boolean isFull() {
    return bytes >= FULL_BYTES;
  }

  /** Writes the page, and a number that tells where to go on. */
  void reply(ReplyWriter reply, long next) {
    reply.writeArrayHeader(2);
    reply.writeInteger(next);
    reply.writeArrayHeader(items.size());
    for (Item item : items) {
      if (item.entry == null) {
        reply.writeBulk(item.key);
      } else {
        reply.writeArrayHeader(4);
        reply.writeBulk(item.key);
        reply.writeBulk(item.entry.value());
        reply.writeInteger(item.entry.version());
        reply.writeInteger(item.entry.expiresAtMillis());
      }
    }
  }
}
