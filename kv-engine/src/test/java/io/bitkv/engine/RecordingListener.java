package io.bitkv.engine;

import io.bitkv.api.StoreListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the events it is told of. */
final class RecordingListener implements StoreListener {
  private final List<Event> events = new CopyOnWriteArrayList<>();

  @Override
  public void onEvent(Event event) {
    events.add(event);
  }

  <E extends Event> List<E> all(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
