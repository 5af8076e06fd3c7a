import { foldCase } from '@flexcord/shared/messages/fold';
import type { ArticleStatus } from '@flexcord/shared/panel/library';

const WORDS: Record<ArticleStatus, string> = {
  published:
    'published publish public live active online yes true on 1 veröffentlicht publiziert öffentlich aktiv ja publié publiée publique oui publicado publicada público sí sim pubblicato pubblico sì gepubliceerd опубликовано 公開 公開中 公開済み はい 已发布 已發佈 게시됨',
  draft:
    'draft unpublished hidden private internal archived inactive deleted trashed pending scheduled wip offline no false off 0 entwurf unveröffentlicht versteckt privat intern archiviert inaktiv nein brouillon privé interne archivé non borrador rascunho privado interno archivado arquivado bozza privato archiviato concept черновик 下書き 非公開 限定公開 社内 いいえ 草稿 비공개 초안',
};
const STATUSES = new Map(
  (['published', 'draft'] as const).flatMap((status) =>
    WORDS[status].split(' ').map((word): [string, ArticleStatus] => [foldCase(word), status]),
  ),
);

/** What a source calls the status of an article; undefined for what is none. */
export const statusOf = (written: string): ArticleStatus | undefined =>
  STATUSES.get(foldCase(written.trim()));
