package io.memberday.benchmark;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts what a client asks of DynamoDB: requests, and the units that DynamoDB itself says they
 * took. Only clients that are counted ask for these; the product's never do.
 */
public final class Ledger implements ExecutionInterceptor {
    private static final String WANTED = "ReturnConsumedCapacity";
    private static final String TOLD = "ConsumedCapacity";
    private static final Set<String> READS =
            Set.of("GetItemRequest", "BatchGetItemRequest", "QueryRequest", "ScanRequest");

    private final Map<String, Long> requests = new TreeMap<>();
    private double readUnits;
    private double writeUnits;

    /**
     * What was asked.
     *
     * @param requests by operation
     */
    public record Counts(Map<String, Long> requests, double readUnits, double writeUnits) {
        /** Requests of all operations. */
        public long all() {
            return requests.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** What was counted since the last call. */
    public synchronized Counts take() {
        Counts counts = new Counts(Map.copyOf(requests), readUnits, writeUnits);
        requests.clear();
        readUnits = 0;
        writeUnits = 0;
        return counts;
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        SdkRequest.Builder copy = context.request().toBuilder();
        for (SdkField<?> field : ((SdkPojo) copy).sdkFields()) {
            if (field.locationName().equals(WANTED)) {
                field.set(copy, "TOTAL");
            }
        }
        return copy.build();
    }

    @Override
    public synchronized void afterExecution(
            Context.AfterExecution context, ExecutionAttributes attributes) {
        String operation = context.request().getClass().getSimpleName();
        requests.merge(operation.replace("Request", ""), 1L, Long::sum);
        double units =
                context.response()
                        .getValueForField(TOLD, Object.class)
                        .map(Ledger::units)
                        .orElse(0.0);
        if (READS.contains(operation)) {
            readUnits += units;
        } else {
            writeUnits += units;
        }
    }

    private static double units(Object told) {
        return switch (told) {
            case ConsumedCapacity one -> one.capacityUnits();
            case List<?> many -> many.stream().mapToDouble(Ledger::units).sum();
            default -> throw new IllegalStateException("no capacity: " + told.getClass());
        };
    }
}
