#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage/adapter.h"

namespace parse::storage {

/// Hands every call on to another storage; derived classes override what they want to see, to add or to fail.
class ForwardingAdapter : public Adapter {
 public:
  explicit ForwardingAdapter(std::unique_ptr<Adapter> inner) : inner_(std::move(inner)) {}

  std::size_t find(const schema::Schema& schema, const query::Find& find, object::ValueSink& sink) override {
    return inner_->find(schema, find, sink);
  }
  std::int64_t count(const schema::Schema& schema, const std::string& class_name, const query::Where& where,
                     query::ReadPreference read_from) override {
    return inner_->count(schema, class_name, where, read_from);
  }
  object::Array distinct(const schema::Schema& schema, const query::Find& find, const std::string& path) override {
    return inner_->distinct(schema, find, path);
  }
  object::Array aggregate(const schema::Schema& schema, const std::string& class_name,
                          const query::Pipeline& pipeline) override {
    return inner_->aggregate(schema, class_name, pipeline);
  }
  object::Value explain(const schema::Schema& schema, const query::Find& find, const std::string& level) override {
    return inner_->explain(schema, find, level);
  }
  void create(const schema::Schema& schema, const std::string& class_name, const object::Object& object) override {
    inner_->create(schema, class_name, object);
  }
  void create_many(const schema::Schema& schema, const std::string& class_name,
                   const std::vector<object::Object>& objects) override {
    inner_->create_many(schema, class_name, objects);
  }
  std::optional<object::Object> update(const schema::Schema& schema, const UpdateRequest& request) override {
    return inner_->update(schema, request);
  }
  std::int64_t update_many(const schema::Schema& schema, const UpdateRequest& request) override {
    return inner_->update_many(schema, request);
  }
  std::int64_t remove(const schema::Schema& schema, const std::string& class_name, const query::Where& where) override {
    return inner_->remove(schema, class_name, where);
  }
  void change_relation(const object::Pointer& owner, const std::string& key,
                       const object::ChangeRelation& change) override {
    inner_->change_relation(owner, key, change);
  }
  std::unique_ptr<Transaction> begin() override { return inner_->begin(); }
  schema::Schema load_schema() override { return inner_->load_schema(); }
  void create_class(const schema::ClassSchema& class_schema) override { inner_->create_class(class_schema); }
  void update_class(const schema::ClassSchema& before, const schema::ClassSchema& after) override {
    inner_->update_class(before, after);
  }
  void delete_class(const schema::ClassSchema& class_schema) override { inner_->delete_class(class_schema); }
  void watch_schema(std::function<void()> on_change) override { inner_->watch_schema(std::move(on_change)); }
  void check() override { inner_->check(); }
  std::string description() const override { return inner_->description(); }

 private:
  std::unique_ptr<Adapter> inner_;
};

}  // namespace parse::storage
