/**
 * `npm run kafka:start -- --brokers 1|3` and `npm run kafka:stop`: an Apache Kafka of the version that the course is held
 * against, on this machine, that goes on until it is stopped.
 */
import { Command, InvalidArgumentError } from 'commander';
import { KafkaCluster } from '../tests/conformance/cluster/cluster';
import type { ClusterSize } from '../tests/conformance/cluster/settings';
import { endAbandonedClusters, endCluster, standingCluster } from '../tests/conformance/cluster/state-file';
import { KAFKA_VERSION, ToolMissing } from '../tests/conformance/cluster/toolchain';

function clusterSize(text: string): ClusterSize {
  if (text === '1') return 1;
  if (text === '3') return 3;
  throw new InvalidArgumentError('1 or 3 brokers can be started.');
}

async function start({ brokers }: { readonly brokers: ClusterSize }): Promise<void> {
  const standing = standingCluster();
  if (standing !== null) {
    const running = KafkaCluster.attach(standing);
    console.log(`A cluster is running already: ${running.bootstrap}\nStop it with: npm run kafka:stop`);
    if (running.size !== brokers) process.exitCode = 1;
    return;
  }
  console.log(`Starting Apache Kafka ${KAFKA_VERSION} with ${brokers} broker(s) …`);
  const cluster = await KafkaCluster.start({ size: brokers, isStanding: true, say: (line) => console.log(line) });
  console.log(`Ready: ${cluster.bootstrap}\nLogs:  ${cluster.dir}\nStop:  npm run kafka:stop`);
}

async function stop(): Promise<void> {
  const abandoned = await endAbandonedClusters();
  if (abandoned > 0) console.log(`Ended ${abandoned} cluster(s) that an earlier run had left behind.`);
  const standing = standingCluster();
  if (standing === null) {
    console.log('No cluster is running.');
    return;
  }
  await endCluster(standing, { keep: false });
  console.log('Stopped.');
}

const command = new Command('npm run');
command
  .command('start')
  .description('start a cluster on this machine')
  .option('--brokers <1|3>', 'how many brokers', clusterSize, 1 as ClusterSize)
  .action(start);
command.command('stop').description('stop the cluster that kafka:start has started').action(stop);

command.parseAsync().catch((error: unknown) => {
  console.error(error instanceof ToolMissing ? error.message : error);
  process.exitCode = 1;
});
