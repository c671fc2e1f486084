// A Java producer.

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

final class ProducerThread extends ClientThread {
  private final JsonNode spec;
  private KafkaProducer<String, String> producer;
  private boolean isClosed;

  ProducerThread(JsonNode spec) {
    super(spec.get("name").asText());
    this.spec = spec;
  }

  @Override
  Object carryOut(JsonNode ask) throws Exception {
    switch (ask.get("cmd").asText()) {
      case "producer" -> connect();
      case "begin" -> producer.beginTransaction();
      case "commit" -> producer.commitTransaction();
      case "abort" -> producer.abortTransaction();
      case "send" -> {
        return send(ask);
      }
      case "send-each" -> {
        return sendEach(ask);
      }
      case "send-offsets" -> sendOffsets(ask);
      case "close" -> {
        isClosed = true;
        producer.close(Duration.ofSeconds(5));
      }
      default -> throw new IllegalArgumentException("a producer has no " + ask.get("cmd").asText());
    }
    return null;
  }

  @Override
  boolean isOver() {
    return isClosed;
  }

  private void connect() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", spec.get("bootstrap").asText());
    settings.put("linger.ms", "0");
    set(settings, "enable.idempotence", "idempotent");
    set(settings, "transactional.id", "tid");
    set(settings, "acks", "acks");
    set(settings, "transaction.timeout.ms", "txnTimeoutMs");
    set(settings, "request.timeout.ms", "requestTimeoutMs");
    set(settings, "delivery.timeout.ms", "deliveryTimeoutMs");
    if (spec.has("retries")) settings.put("retries", (int) Math.min(Integer.MAX_VALUE, spec.get("retries").asLong()));
    producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    if (spec.has("tid")) producer.initTransactions();
  }

  private void set(Properties settings, String key, String field) {
    if (spec.has(field)) settings.put(key, spec.get(field).asText());
  }

  private Long send(JsonNode ask) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (JsonNode value : ask.get("values")) sent.add(producer.send(record(ask, value.asText())));
    producer.flush();
    long base = sent.get(0).get().offset();
    for (Future<RecordMetadata> each : sent) each.get();
    return base < 0 ? null : base;
  }

  private Map<String, Object> sendEach(JsonNode ask) throws InterruptedException {
    List<Map<String, Object>> rejected = new ArrayList<>();
    int sent = 0;
    for (JsonNode value : ask.get("values")) {
      try {
        producer.send(record(ask, value.asText())).get();
        sent += 1;
      } catch (Exception error) {
        Map<String, Object> one = new HashMap<>();
        one.put("value", value.asText());
        one.put("err", Driver.describe(error));
        rejected.add(one);
      }
      Thread.sleep(ask.get("paceMs").asLong());
    }
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("rejected", rejected);
    outcome.put("sent", sent);
    return outcome;
  }

  private static ProducerRecord<String, String> record(JsonNode ask, String value) {
    return new ProducerRecord<>(ask.get("topic").asText(), ask.get("partition").asInt(), null, value);
  }

  private void sendOffsets(JsonNode ask) {
    TopicPartition of = new TopicPartition(ask.get("topic").asText(), ask.get("partition").asInt());
    OffsetAndMetadata offset = new OffsetAndMetadata(ask.get("offset").asLong());
    producer.sendOffsetsToTransaction(Map.of(of, offset), ConsumerThread.groupMetadata(ask.get("consumer").asText()));
  }
}
