/** One person known across channels: profile, consent, purchases, tier, stage and layer. */
@NullMarked
package io.memberday.member;

import org.jspecify.annotations.NullMarked;
