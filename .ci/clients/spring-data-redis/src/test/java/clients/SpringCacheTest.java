package clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.cache.Cache;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

/** The cache and the messages of Spring Data Redis, over Lettuce. */
@Timeout(120)
class SpringCacheTest extends SpringSetup {

  @Test
  void cacheKeepsForgetsAndIsCleared() {
    RedisCacheManager caches =
        RedisCacheManager.builder(connections)
            .cacheDefaults(
                RedisCacheConfiguration.defaultCacheConfig().entryTtl(Duration.ofMinutes(10)))
            .build();
    caches.afterPropertiesSet();
    Cache cache = caches.getCache("people");
    cache.put("ada", "Lovelace");
    assertEquals("Lovelace", cache.get("ada", String.class));
    assertEquals("Lovelace", cache.putIfAbsent("ada", "other").get());
    assertTrue(template.getExpire("people::ada") > 500);
    cache.evict("ada");
    assertNull(cache.get("ada"));
    cache.put("grace", "Hopper");
    assertTrue(cache.invalidate());
    assertNull(cache.get("grace"));
  }

  @Test
  void messagesReachTheirListener() throws InterruptedException {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    RedisMessageListenerContainer container = new RedisMessageListenerContainer();
    container.setConnectionFactory(connections);
    container.addMessageListener(
        (message, pattern) -> received.add(new String(message.getBody())),
        new ChannelTopic("news"));
    container.afterPropertiesSet();
    container.start();
    template.convertAndSend("news", "hello");
    assertEquals("hello", received.poll(60, TimeUnit.SECONDS));
    container.stop();
  }
}
