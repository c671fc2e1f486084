// Questions that need a client of their own for a moment: what is in a partition, what a group has committed.

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

final class ReaderThread extends ClientThread {
  private static final Duration READ = Duration.ofSeconds(20);
  private boolean isOver;

  ReaderThread(JsonNode ask) {
    super("reader");
  }

  @Override
  boolean isNamed() {
    return false;
  }

  @Override
  boolean isOver() {
    return isOver;
  }

  @Override
  Object carryOut(JsonNode ask) throws Exception {
    isOver = true;
    return ask.get("cmd").asText().equals("read") ? read(ask) : committed(ask);
  }

  /** Up to the end offset that was given: the position passes control records and aborted ones too. */
  private static List<Map<String, Object>> read(JsonNode ask) {
    TopicPartition of = ConsumerThread.partitionOf(ask);
    Properties settings = new Properties();
    settings.put("bootstrap.servers", ask.get("bootstrap").asText());
    settings.put("isolation.level", ask.get("isolation").asText().equals("rc") ? "read_committed" : "read_uncommitted");
    settings.put("auto.offset.reset", "earliest");
    settings.put("fetch.max.wait.ms", 150);
    List<Map<String, Object>> seen = new ArrayList<>();
    long end = ask.get("end").asLong();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(of));
      consumer.seek(of, 0);
      long until = System.nanoTime() + READ.toNanos();
      while (consumer.position(of) < end && System.nanoTime() < until) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
          if (record.offset() < end) seen.add(Map.of("offset", record.offset(), "value", record.value()));
        }
      }
    }
    return seen;
  }

  private static Long committed(JsonNode ask) throws Exception {
    TopicPartition of = ConsumerThread.partitionOf(ask);
    String group = ask.get("group").asText();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", ask.get("bootstrap").asText()))) {
      ListConsumerGroupOffsetsSpec spec = new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(of));
      ListConsumerGroupOffsetsOptions options =
          new ListConsumerGroupOffsetsOptions().requireStable(ask.get("isStable").asBoolean());
      OffsetAndMetadata offset =
          admin.listConsumerGroupOffsets(Map.of(group, spec), options).partitionsToOffsetAndMetadata(group).get().get(of);
      return offset == null ? null : offset.offset();
    }
  }
}
