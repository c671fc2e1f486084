/** Starts a server of build/ and returns its address, with a slash at the end. Port 0 takes any that is free. */
export function serve(options: {
  readonly port: number;
  readonly host: string;
  readonly isPortStrict: boolean;
}): Promise<string>;
