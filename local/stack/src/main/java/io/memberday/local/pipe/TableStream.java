package io.memberday.local.pipe;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has changed in a table since one looked last, each change once and in its sequence. */
public final class TableStream implements Pipe.Source {
    private final DynamoDbClient tables;
    private final DynamoDbStreamsClient streams;
    private final String table;

    /** How far each shard is read. */
    private final Map<String, Place> places = new LinkedHashMap<>();

    private String stream = "";

    /**
     * @param iterator where to read on; empty at the end of a shard that is closed
     * @param last the last sequence number that was read; empty before the first
     */
    private record Place(String iterator, String last) {}

    /**
     * @param table whose template has a StreamSpecification
     */
    public TableStream(DynamoDbClient tables, DynamoDbStreamsClient streams, String table) {
        this.tables = tables;
        this.streams = streams;
        this.table = table;
    }

    @Override
    public synchronized List<StreamRecord> next() {
        if (stream.isEmpty()) {
            stream = tables.describeTable(ask -> ask.tableName(table)).table().latestStreamArn();
            findShards();
        }
        boolean closed = false;
        for (Map.Entry<String, Place> entry : List.copyOf(places.entrySet())) {
            if (entry.getValue().iterator().isEmpty()) {
                continue;
            }
            List<StreamRecord> read = read(entry.getKey(), entry.getValue());
            if (!read.isEmpty()) {
                return read;
            }
            closed |= places.get(entry.getKey()).iterator().isEmpty();
        }
        // The end of a shard is known only once it is read: what came after is in another.
        return closed && findShards() ? next() : List.of();
    }

    @Override
    public synchronized void forget() {
        stream = "";
        places.clear();
    }

    private List<StreamRecord> read(String shard, Place place) {
        GetRecordsResponse response;
        try {
            response = streams.getRecords(get -> get.shardIterator(place.iterator()));
        } catch (ExpiredIteratorException e) {
            return read(shard, begun(shard, place.last()));
        } catch (TrimmedDataAccessException e) {
            // Where it was to read on nothing is left: what is there now is all newer.
            response = streams.getRecords(get -> get.shardIterator(begun(shard, "").iterator()));
        }
        List<StreamRecord> records = new ArrayList<>();
        response.records().forEach(one -> records.add(StreamRecord.of(stream, shard, one)));
        String next = response.nextShardIterator();
        places.put(
                shard,
                new Place(
                        next == null ? "" : next,
                        records.isEmpty() ? place.last() : records.getLast().sequence()));
        return records;
    }

    private boolean findShards() {
        boolean more = false;
        for (Shard shard :
                streams.describeStream(ask -> ask.streamArn(stream)).streamDescription().shards()) {
            if (!places.containsKey(shard.shardId())) {
                begun(shard.shardId(), "");
                more = true;
            }
        }
        return more;
    }

    /** The place after a record, or with the oldest that is there. */
    private Place begun(String shard, String last) {
        Place place = new Place(iterator(shard, last), last);
        places.put(shard, place);
        return place;
    }

    private String iterator(String shard, String last) {
        GetShardIteratorRequest.Builder ask =
                GetShardIteratorRequest.builder().streamArn(stream).shardId(shard);
        if (last.isEmpty()) {
            ask.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
        } else {
            ask.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER).sequenceNumber(last);
        }
        return streams.getShardIterator(ask.build()).shardIterator();
    }
}
