import { labs, type LabModules } from '@course/labs';

/** What loads the parts of a lab. @throws Error for a lab that is not there; `user` is who names it, as in a lesson */
export function labModules(id: string, user: string): LabModules {
  const modules = labs[id];
  if (modules !== undefined) return modules;
  throw new Error(`${user}: there is no folder labs/${id}. Known: ${Object.keys(labs).join(', ')}`);
}
