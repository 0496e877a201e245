/**
 * Runs several actors in every order of their storage operations that can make a difference. Open {@link
 * dev.stowage.junit.interleaving.Exploration}, which chooses the orders, and {@link
 * dev.stowage.junit.interleaving.ActorScheduler}, which executes one.
 */
@NullMarked
package dev.stowage.junit.interleaving;

import org.jspecify.annotations.NullMarked;
