import { MemberFields, MemberFieldsEdit, PanelFields } from '@flexcord/shared/panel/case-fields';
import { DiscordId } from '@flexcord/shared/panel/member';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Type } from '@sinclair/typebox';
import { Elysia } from 'elysia';
import { setFields } from '../../cases/fields.ts';
import { faultSentence } from '../../cases/rules.ts';
import { changeMemberFields } from '../../members/members.ts';
import type { Authenticated } from '../auth.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { notFound, Problem, refusals } from '../problem.ts';

const byId = Type.Object({ id: DiscordId });
const detail = (summary: string) => ({ detail: { summary, tags: ['Fields'] } });

/** The operator's own fields, and a member's values of them. */
export function fieldRoutes(
  auth: Authenticated,
  { store, cases, memberFields, live }: Pick<PanelDependencies, 'store' | 'cases' | 'memberFields' | 'live'>,
) {
  return new Elysia({ name: 'panel-fields' })
    .use(auth)
    .get(panelRoutes.fields, () => ({ case: [...cases.fields], member: [...memberFields] }), {
      response: { 200: PanelFields, ...refusals },
      ...detail('The fields that the operator added to cases and members'),
    })
    .get(
      panelRoutes.memberFields(':id'),
      async ({ params }) => {
        const row = await store.db
          .selectFrom('members')
          .select('fields')
          .where('id', '=', params.id)
          .executeTakeFirst();
        if (!row) throw notFound('This member');
        return { fields: JSON.parse(row.fields) as Record<string, string> };
      },
      {
        params: byId,
        response: { 200: MemberFields, 404: PanelProblem, ...refusals },
        ...detail("A member's values of the operator's fields"),
      },
    )
    .post(
      panelRoutes.memberFields(':id'),
      async ({ params, body }) => {
        const fields = await changeMemberFields(store, params.id, (present) => {
          const checked = setFields(memberFields, present, body.fields);
          if (checked.is !== 'done') throw new Problem('invalid', faultSentence(checked.fault));
          return checked.value;
        });
        if (!fields) throw notFound('This member');
        live.publish({ type: 'member-changed', memberId: params.id });
        return { fields };
      },
      {
        params: byId,
        body: MemberFieldsEdit,
        response: { 200: MemberFields, 404: PanelProblem, 422: PanelProblem, ...refusals },
        ...detail("Sets some of a member's values; an empty text removes one"),
      },
    );
}
