package io.bitkv.client;

import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.WriteBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The client for calls that do not wait. */
class RemoteAsyncStore extends RemoteAsyncKeyspace implements AsyncStore {

  private final Function<KeyspaceId, Space> spaces;

  RemoteAsyncStore(Sender sender, Function<KeyspaceId, Space> spaces) {
    super(sender, spaces.apply(KeyspaceId.DEFAULT));
    this.spaces = spaces;
  }

  @Override
  public AsyncKeyspace keyspace(KeyspaceId id) {
    return new RemoteAsyncKeyspace(sender(), spaces.apply(id));
  }

  @Override
  public CompletionStage<Long> commit(WriteBatch batch) {
    if (batch.writes().isEmpty()) {
      return CompletableFuture.completedFuture(Writes.NO_VERSION);
    }
    Writes.Commit commit = new Writes.Commit(List.of(), List.copyOf(batch.writes()), batch.isDurable());
    Function<KeyRef, Space> byRef = ref -> spaces.apply(ref.keyspace());
    List<KeyRef> refs = commit.writes().stream().map(WriteBatch.Write::ref).toList();
    return sender().touch(refs, byRef, Writes.unconditional(Writes.commit(commit, byRef)));
  }
}
