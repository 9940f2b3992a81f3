package io.memberday.member;

/**
 * A rung of the loyalty ladder (R4): reached by amount or by count of kept purchases within a
 * window.
 *
 * @param id such as {@code gold}
 * @param name as members read it
 * @param minor least amount within the window, minor units; 0 asks for none
 * @param count least number of kept purchases within the window; 0 asks for none
 * @param core whether its members are the shop's core (R3)
 * @param discountPercent off the price
 * @param pointsPercent of the plain points: 150 is one and a half times
 */
public record Tier(
        String id,
        String name,
        long minor,
        int count,
        boolean core,
        int discountPercent,
        int pointsPercent) {}
