// SPDX-License-Identifier: EUPL-1.2
//! Tantivy alone: the same cards, German stems, bm25, filters as required terms.

use super::deck::{Card, Question};
use super::{Answer, Engine, Made, PAGE, Row, words};
use crate::Outcome;
use domain::resources::search::bit;
use domain::resources::{Language, Topic};
use std::ops::Bound;
use std::path::Path;
use std::time::Instant;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query, QueryParser, RangeQuery, TermQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{Language as Tongue, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

/// Memory of the writer, in bytes.
const WRITER: usize = 60_000_000;

struct Fields {
    name: Field,
    words: Field,
    rest: Field,
    body: Field,
    space: Field,
    topic: Field,
    language: Field,
    no_steps: Field,
    age_from: Field,
    age_to: Field,
    free: Field,
    visibility: Field,
}

struct Tantivy {
    fields: Fields,
    reader: IndexReader,
    writer: IndexWriter,
    parser: QueryParser,
}

fn shown(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer("german").set_index_option(IndexRecordOption::WithFreqs);
    let text = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        name: schema.add_text_field("name", text.clone() | STORED),
        words: schema.add_text_field("words", text.clone()),
        rest: schema.add_text_field("rest", text),
        body: schema.add_text_field("body", STORED),
        space: schema.add_u64_field("space", INDEXED),
        topic: schema.add_u64_field("topic", INDEXED),
        language: schema.add_u64_field("language", INDEXED),
        no_steps: schema.add_u64_field("no_steps", INDEXED),
        age_from: schema.add_u64_field("age_from", FAST),
        age_to: schema.add_u64_field("age_to", FAST),
        free: schema.add_u64_field("free", INDEXED),
        visibility: schema.add_u64_field("visibility", INDEXED),
    };
    (schema.build(), fields)
}

fn number(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}

impl Fields {
    fn document(&self, card: &Card) -> TantivyDocument {
        let (row, mut document) = (Row::of(card), TantivyDocument::default());
        for (field, text) in
            [(self.name, &row.name), (self.words, &row.words), (self.rest, &row.rest), (self.body, &row.body)]
        {
            document.add_text(field, text);
        }
        for (field, value) in [
            (self.space, row.space),
            (self.no_steps, row.no_steps),
            (self.age_from, row.age_from),
            (self.age_to, row.age_to),
            (self.free, i64::from(row.free > 0)),
            // Seen by a professional of team 0?
            (self.visibility, i64::from(row.visibility < 2 || (row.visibility == 2 && row.space == 0))),
        ] {
            document.add_u64(field, number(value));
        }
        card.content.topics.iter().for_each(|one| document.add_u64(self.topic, u64::from(bit(Topic::ALL, one))));
        let languages = card.content.languages.iter();
        languages.for_each(|one| document.add_u64(self.language, u64::from(bit(Language::ALL, one))));
        document
    }

    fn narrow(&self, question: &Question) -> Vec<(Occur, Box<dyn Query>)> {
        let is = |field: Field, value: u64| -> Box<dyn Query> {
            Box::new(TermQuery::new(Term::from_field_u64(field, value), IndexRecordOption::Basic))
        };
        let up_to = |field: Field, low: Bound<u64>, high: Bound<u64>| -> Box<dyn Query> {
            let term = |value| Term::from_field_u64(field, value);
            Box::new(RangeQuery::new(low.map(term), high.map(term)))
        };
        let filter = &question.filter;
        let mut all = vec![is(self.visibility, 1)];
        all.extend(question.space.map(|space| is(self.space, space as u64)));
        all.extend(filter.topic.map(|topic| is(self.topic, bit(Topic::ALL, &topic).into())));
        all.extend(filter.language.map(|language| is(self.language, bit(Language::ALL, &language).into())));
        all.extend(filter.no_steps.then(|| is(self.no_steps, 1)));
        all.extend(filter.free_places.then(|| is(self.free, 1)));
        if let Some(age) = filter.age.map(number) {
            all.push(up_to(self.age_from, Bound::Unbounded, Bound::Included(age)));
            all.push(up_to(self.age_to, Bound::Included(age), Bound::Unbounded));
        }
        all.into_iter().map(|query| (Occur::Must, query)).collect()
    }
}

/// Fills a directory.
pub fn open(dir: &Path, deck: &[Card]) -> Outcome<Made> {
    std::fs::create_dir_all(dir).map_err(shown)?;
    let begin = Instant::now();
    let (schema, fields) = schema();
    let index = Index::create_in_dir(dir, schema).map_err(shown)?;
    let german = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser);
    index.tokenizers().register("german", german.filter(Stemmer::new(Tongue::German)).build());
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER).map_err(shown)?;
    for card in deck {
        writer.add_document(fields.document(card)).map_err(shown)?;
    }
    writer.commit().map_err(shown)?;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(shown)?;
    let mut parser = QueryParser::for_index(&index, vec![fields.name, fields.words, fields.rest]);
    parser.set_field_boost(fields.name, 2.0);
    parser.set_field_boost(fields.words, 1.5);
    let files = std::fs::read_dir(dir).map_err(shown)?.filter_map(|file| Some(file.ok()?.metadata().ok()?.len()));
    let (ready_in, keeps) = (begin.elapsed(), files.sum::<u64>() / 1_024);
    Ok((Box::new(Tantivy { fields, reader, writer, parser }), ready_in, keeps))
}

impl Engine for Tantivy {
    fn ask(&mut self, question: &Question) -> Outcome<Answer> {
        let text = self.parser.parse_query(&words(&question.text).join(" ")).map_err(shown)?;
        let mut all = self.fields.narrow(question);
        all.push((Occur::Must, text));
        let searcher = self.reader.searcher();
        let collector = (TopDocs::with_limit(PAGE).order_by_score(), Count);
        let (top, total) = searcher.search(&BooleanQuery::new(all), &collector).map_err(shown)?;
        let mut names = Vec::new();
        for (_, address) in top {
            let document: TantivyDocument = searcher.doc(address).map_err(shown)?;
            let text = |field| document.get_first(field).and_then(|value| value.as_str().map(str::to_owned));
            names.extend(text(self.fields.body).and(text(self.fields.name)));
        }
        Ok(Answer { total, names })
    }

    fn add(&mut self, card: &Card) -> Outcome {
        self.writer.add_document(self.fields.document(card)).map_err(shown)?;
        self.writer.commit().map_err(shown)?;
        self.reader.reload().map_err(shown)
    }
}
