/** Errors of the `java` profile as scenarios print them. */
import { JavaException, tellingName } from '../../kafka/client/java';

/** The simple class name, of the cause inside a wrapper. */
export function javaErrorName(error: unknown): string {
  return error instanceof JavaException ? tellingName(error) : String(error);
}
