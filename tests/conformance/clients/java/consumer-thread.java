// A Java consumer: polls while no handler hangs, as a program does that handles what a poll gave before it polls again.

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

final class ConsumerThread extends ClientThread {
  private static final Map<String, ConsumerGroupMetadata> METADATA = new ConcurrentHashMap<>();

  private final JsonNode spec;
  private KafkaConsumer<String, String> consumer;
  private boolean isHanging;
  private boolean isOver;
  private int assignments;

  ConsumerThread(JsonNode spec) {
    super(spec.get("name").asText());
    this.spec = spec;
  }

  /** As of the consumer's last poll: asking the consumer itself is for its own thread only. */
  static ConsumerGroupMetadata groupMetadata(String name) {
    ConsumerGroupMetadata metadata = METADATA.get(name);
    if (metadata == null) throw new IllegalStateException("no consumer " + name + " in the process of this producer");
    return metadata;
  }

  @Override
  boolean isOver() {
    return isOver;
  }

  @Override
  boolean betweenCommands() {
    if (consumer == null || isHanging) return false;
    try {
      deliver(consumer.poll(Duration.ofMillis(50)));
      METADATA.put(getName(), consumer.groupMetadata());
    } catch (RuntimeException error) {
      isOver = true;
      ObjectNode event = Driver.JSON.createObjectNode().put("event", "crashed").put("name", getName());
      event.set("err", Driver.JSON.valueToTree(Driver.describe(error)));
      Driver.tell(event);
    }
    return true;
  }

  @Override
  Object carryOut(JsonNode ask) {
    switch (ask.get("cmd").asText()) {
      case "consumer" -> subscribe();
      case "done" -> isHanging = false;
      case "commit-offset" -> commit(ask);
      case "own-committed" -> {
        OffsetAndMetadata committed = consumer.committed(Set.of(partitionOf(ask))).get(partitionOf(ask));
        return committed == null ? null : committed.offset();
      }
      case "seek" -> consumer.seek(partitionOf(ask), ask.get("offset").asLong());
      case "assigned" -> {
        return consumer.assignment().stream().map((of) -> of.topic() + "/" + of.partition()).toList();
      }
      case "assignments" -> {
        return assignments;
      }
      case "close" -> {
        isOver = true;
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(10)));
      }
      default -> throw new IllegalArgumentException("the Java consumer has no " + ask.get("cmd").asText());
    }
    return null;
  }

  static TopicPartition partitionOf(JsonNode ask) {
    return new TopicPartition(ask.get("topic").asText(), ask.get("partition").asInt());
  }

  /** As in drivers/node/client.ts. */
  private static int sessionFor(int brokers) {
    return brokers == 1 ? 3000 : 10_000;
  }

  private void subscribe() {
    Properties settings = new Properties();
    int session = spec.has("sessionMs") ? spec.get("sessionMs").asInt() : sessionFor(spec.get("brokers").asInt());
    String mode = spec.get("mode").asText();
    settings.put("bootstrap.servers", spec.get("bootstrap").asText());
    settings.put("group.id", spec.get("group").asText());
    settings.put("session.timeout.ms", session);
    settings.put("heartbeat.interval.ms", Math.min(500, session / 3));
    settings.put("fetch.max.wait.ms", 150);
    if (spec.has("from")) settings.put("auto.offset.reset", spec.get("from").asText());
    if (spec.has("isolation")) {
      settings.put("isolation.level", spec.get("isolation").asText().equals("rc") ? "read_committed" : "read_uncommitted");
    }
    if (spec.has("autoCommit")) settings.put("enable.auto.commit", spec.get("autoCommit").asText());
    if (spec.has("instanceId")) settings.put("group.instance.id", spec.get("instanceId").asText());
    if (spec.has("maxPollRecords")) settings.put("max.poll.records", spec.get("maxPollRecords").asText());
    else if (mode.equals("step")) settings.put("max.poll.records", "1");
    List<String> topics = new ArrayList<>();
    for (JsonNode topic : spec.get("topics")) topics.add(topic.asText());
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    consumer.subscribe(topics, new CountAssignments());
  }

  private void deliver(ConsumerRecords<String, String> records) {
    if (records.isEmpty()) return;
    isHanging = !spec.get("mode").asText().equals("collect");
    for (TopicPartition of : records.partitions()) {
      ObjectNode event = Driver.JSON.createObjectNode().put("event", "delivered").put("name", getName());
      event.put("topic", of.topic()).put("partition", of.partition());
      ArrayNode list = event.putArray("records");
      for (ConsumerRecord<String, String> record : records.records(of)) {
        list.addObject().put("offset", record.offset()).put("value", record.value());
      }
      Driver.tell(event);
    }
  }

  private final class CountAssignments implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      assignments += 1;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
  }

  private void commit(JsonNode ask) {
    consumer.commitSync(Map.of(partitionOf(ask), new OffsetAndMetadata(ask.get("offset").asLong())));
    // Halts without closing anything; a signal from outside would come milliseconds later.
    if (ask.get("thenKill").asBoolean()) Runtime.getRuntime().halt(137);
  }
}
